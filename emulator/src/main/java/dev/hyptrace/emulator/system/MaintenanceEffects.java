package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.AddressTranslation;
import java.util.Map;

/** Operations on TLBs, and address translation. Caches are not modelled: their maintenance has no effect. */
final class MaintenanceEffects {
    private MaintenanceEffects() {}

    static void define(Map<String, Effects.Write> writes) {
        writes.put("invalidateAll", (cpu, register, value) -> cpu.translation().invalidateAll(cpu));
        writes.put("invalidatePage", (cpu, register, value) -> cpu.translation()
                .invalidatePage(cpu, (int) value & 0xffff_f000));
        writes.put("translate", MaintenanceEffects::translate);
    }

    private static void translate(Cpu cpu, CoprocessorRegister register, long value) {
        AddressTranslation operation = AddressTranslation.valueOf(register.name());
        long result = cpu.translation().translate(cpu, operation, (int) value);
        cpu.system.set(SystemRegister.PAR, CoprocessorRegister.usesSecureCopy(cpu), result);
    }
}
