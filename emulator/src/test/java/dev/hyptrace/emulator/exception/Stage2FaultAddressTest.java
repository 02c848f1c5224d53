package dev.hyptrace.emulator.exception;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class Stage2FaultAddressTest {
    private static final Fault BEYOND_4_GIB =
            new Fault(Fault.Type.TRANSLATION, 1, 0, false, true, false, 0x40_1000_2345L, true);

    private static int hpfarAfter(Cpu cpu) {
        cpu.switchMode(Mode.SVC);
        new Exceptions().take(cpu, ProcessorException.prefetchAbort(0x1000, BEYOND_4_GIB), 0x1000, 4);
        assertEquals(Mode.HYP, cpu.mode());
        return cpu.system.word(SystemRegister.HPFAR);
    }

    @Test
    void hpfar_holdsAllBitsOfTheIntermediatePhysicalAddress() {
        assertEquals(0x4010_0020, hpfarAfter(new Cpu()));
    }

    @Test
    void hpfar_lacksTheHighBitsWhereQemuIsFollowedInThat() {
        Cpu cpu = new Cpu();
        cpu.follow(EnumSet.of(QemuDeviation.HPFAR_BELOW_4_GIB));
        assertEquals(0x0010_0020, hpfarAfter(cpu));
    }
}
