package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.AddressTranslation;
import dev.hyptrace.emulator.core.TranslationControl.TlbMaintenance;
import java.util.Map;

/** Operations on TLBs, and address translation. Caches are not modelled: their maintenance has no effect. */
final class MaintenanceEffects {
    private MaintenanceEffects() {}

    static void define(Map<String, Effects.Write> writes) {
        writes.put("tlbiAll", invalidate(TlbMaintenance.ALL));
        writes.put("tlbiAsid", invalidate(TlbMaintenance.ASID));
        writes.put("tlbiAddress", invalidate(TlbMaintenance.ADDRESS));
        writes.put("tlbiAddressOfAllAsids", invalidate(TlbMaintenance.ADDRESS_OF_ALL_ASIDS));
        writes.put("tlbiHyp", invalidate(TlbMaintenance.HYP));
        writes.put("tlbiHypAddress", invalidate(TlbMaintenance.HYP_ADDRESS));
        writes.put("tlbiNonSecureNonHyp", invalidate(TlbMaintenance.NON_SECURE_NON_HYP));
        writes.put("translate", MaintenanceEffects::translate);
    }

    private static Effects.Write invalidate(TlbMaintenance operation) {
        return (cpu, register, value) -> cpu.translation().invalidate(cpu, operation, (int) value);
    }

    private static void translate(Cpu cpu, CoprocessorRegister register, long value) {
        AddressTranslation operation = AddressTranslation.valueOf(register.name());
        long result = cpu.translation().translate(cpu, operation, (int) value);
        cpu.system.set(SystemRegister.PAR, CoprocessorRegister.usesSecureCopy(cpu), result);
    }
}
