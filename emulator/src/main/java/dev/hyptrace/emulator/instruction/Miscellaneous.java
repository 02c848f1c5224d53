package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.exception.ExceptionCalls;

/** Miscellaneous instructions: IT, hints, barriers, preload, SETEND, and those that only cause an exception. */
final class Miscellaneous {

    private Miscellaneous() {}

    // ---- IT -------------------------------------------------------------------------------------------------------

    /** IT: what follows is decoded for the block that it begins. In a block, which is UNPREDICTABLE, it begins anew. */
    static Operation it(int i, boolean inIt) {
        return inIt
                ? Decoder.unpredictable("IT in an IT block: begins a new one", Branch.of(cpu -> cpu.itState = i))
                : Operation.of(cpu -> cpu.itState = i);
    }

    // ---- hints, barriers, preload ---------------------------------------------------------------------------------

    /** NOP. */
    static Operation nop() {
        return new Operation() {
            @Override
            public void execute(Cpu cpu) {
                // That is what it does.
            }
        };
    }

    /** YIELD, SEV, DBG and unallocated hints. */
    static Operation hint(int i) {
        return nop();
    }

    /** PLD, PLDW, PLI with an immediate offset or a literal. */
    static Operation preloadImmediate(boolean U, int n, int imm32) {
        return nop();
    }

    /** PLD, PLDW, PLI with a register offset. */
    static Operation preloadRegister(boolean U, int n, int m, int shiftT, int shiftN) {
        return nop();
    }

    /** DMB, DSB: accesses are in program order already. */
    static Operation barrier(int o) {
        return nop();
    }

    /** ISB: what follows is fetched anew. */
    static Operation isb(int o) {
        return Branch.of(cpu -> {});
    }

    /** WFI. An interrupt that is pending, masked or not, ends the wait before it begins, and before it could trap. */
    static Operation wfi(int address, int next) {
        int hsr = waitSyndrome(next - address, 0);
        return Branch.of(cpu -> {
            if (!cpu.isInterruptPending()) {
                checkWaitTrap(cpu, Hcr.TWI, hsr);
                cpu.attention |= Cpu.WAITING;
            }
        });
    }

    /** WFE: never waits, which is allowed at any time. HCR.TWE traps it, though not in QEMU. */
    static Operation wfe(int address, int next) {
        int hsr = waitSyndrome(next - address, 1);
        return Branch.of(cpu -> {
            if (!cpu.follows(QemuDeviation.TRAPS_NOT_IMPLEMENTED)) {
                checkWaitTrap(cpu, Hcr.TWE, hsr);
            }
        });
    }

    private static int waitSyndrome(int size, int event) {
        int hsr = Hsr.conditional(Hsr.EC_WFX, event);
        return size == 2 ? hsr & ~Hsr.IL : hsr;
    }

    private static void checkWaitTrap(Cpu cpu, int hcrBit, int hsr) {
        if (cpu.mode() != Mode.HYP && (Hcr.effective(cpu) & hcrBit) != 0) {
            throw ProcessorException.hypTrap(hsr);
        }
    }

    /** SETEND. */
    static Operation setend(boolean E) {
        return Branch.of(cpu -> cpu.setBigEndian(E));
    }

    // ---- instructions that cause an exception ---------------------------------------------------------------------

    /** SVC. */
    static Operation svc(int imm32, int address, int next, int itState) {
        boolean narrow = next - address == 2;
        return Branch.of(cpu -> ExceptionCalls.supervisorCall(cpu, address, itState, imm32, narrow));
    }

    /** BKPT: a Prefetch Abort of the debug kind, for which IFAR is UNKNOWN; it is 0 as in QEMU. */
    static Operation bkpt(int imm32) {
        return Branch.of(cpu -> {
            throw ProcessorException.prefetchAbort(0, new Fault(Fault.Type.DEBUG, 0, 0, false, false, false, 0, false));
        });
    }

    /** UDF. */
    static Operation udf(int imm32) {
        return Decoder.UNDEFINED;
    }
}
