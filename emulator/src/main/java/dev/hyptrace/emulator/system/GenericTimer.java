package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.Map;
import java.util.function.Function;

/**
 * The Generic Timer: DDI 0406C B8. Time is the number of executed instructions, so that a run can be repeated.
 *
 * <p>One instruction takes a nanosecond, as under QEMU's {@code -icount shift=0}, unless a board has another
 * {@link Cpu#instructionsPerTick}; the counter's frequency is 62.5 MHz. A
 * board asks {@link #isAsserted} for the level of a timer's interrupt and {@link #deadline} for when it will change; whenever
 * that may have changed, {@link Cpu#DEADLINE} is set in {@link Cpu#attention}.
 */
public final class GenericTimer {
    private static final int ENABLE = 1;
    private static final int IMASK = 1 << 1;
    private static final int ISTATUS = 1 << 2;

    /** The timers of one processor. */
    public enum Timer {
        PHYSICAL(SystemRegister.CNTP_CTL, SystemRegister.CNTP_CVAL, false),
        /** The Secure copy of the physical timer. */
        SECURE_PHYSICAL(SystemRegister.CNTP_CTL, SystemRegister.CNTP_CVAL, true),
        VIRTUAL(SystemRegister.CNTV_CTL, SystemRegister.CNTV_CVAL, false),
        HYPERVISOR(SystemRegister.CNTHP_CTL, SystemRegister.CNTHP_CVAL, false);

        private final SystemRegister control;
        private final SystemRegister compareValue;
        private final boolean secure;

        Timer(SystemRegister control, SystemRegister compareValue, boolean secure) {
            this.control = control;
            this.compareValue = compareValue;
            this.secure = secure;
        }
    }

    private GenericTimer() {}

    static void define(Map<String, Effects.Read> reads, Map<String, Effects.Write> writes) {
        reads.put("cntpct", (cpu, register) -> physicalCount(cpu));
        reads.put("cntvct", (cpu, register) -> virtualCount(cpu));
        define("cntp", GenericTimer::physical, reads, writes);
        define("cntv", cpu -> Timer.VIRTUAL, reads, writes);
        define("cnthp", cpu -> Timer.HYPERVISOR, reads, writes);
        writes.put("timer", (cpu, register, value) -> {
            register.store(cpu, value);
            cpu.attention |= Cpu.DEADLINE;
        });
    }

    /** The physical timer that instructions see. */
    private static Timer physical(Cpu cpu) {
        return CoprocessorRegister.usesSecureCopy(cpu) ? Timer.SECURE_PHYSICAL : Timer.PHYSICAL;
    }

    private static void define(
            String name,
            Function<Cpu, Timer> timers,
            Map<String, Effects.Read> reads,
            Map<String, Effects.Write> writes) {
        reads.put(name + "Ctl", (cpu, register) -> control(cpu, timers.apply(cpu)));
        reads.put(name + "Tval", (cpu, register) -> {
            Timer timer = timers.apply(cpu);
            return compareValue(cpu, timer) - count(cpu, timer);
        });
        writes.put(name + "Ctl", (cpu, register, value) -> {
            Timer timer = timers.apply(cpu);
            cpu.system.set(timer.control, timer.secure, value & (ENABLE | IMASK));
            cpu.attention |= Cpu.DEADLINE;
        });
        writes.put(name + "Tval", (cpu, register, value) -> {
            Timer timer = timers.apply(cpu);
            cpu.system.set(timer.compareValue, timer.secure, count(cpu, timer) + (int) value);
            cpu.attention |= Cpu.DEADLINE;
        });
    }

    private static long compareValue(Cpu cpu, Timer timer) {
        return cpu.system.get(timer.compareValue, timer.secure);
    }

    /** CNTPCT. */
    public static long physicalCount(Cpu cpu) {
        return cpu.instructions / cpu.instructionsPerTick;
    }

    /** CNTVCT: CNTPCT - CNTVOFF. */
    public static long virtualCount(Cpu cpu) {
        return physicalCount(cpu) - cpu.system.get(SystemRegister.CNTVOFF);
    }

    private static long count(Cpu cpu, Timer timer) {
        return timer == Timer.VIRTUAL ? virtualCount(cpu) : physicalCount(cpu);
    }

    /** Whether the timer's interrupt is asserted: it is enabled, not masked, and its condition is met. */
    public static boolean isAsserted(Cpu cpu, Timer timer) {
        return isKnown(cpu, timer) && (control(cpu, timer) & (ENABLE | IMASK | ISTATUS)) == (ENABLE | ISTATUS);
    }

    /**
     * When the timer's interrupt will be asserted if nothing is written to it.
     *
     * @return the value of {@link Cpu#instructions} from which on it is; {@link Long#MAX_VALUE} for never
     */
    public static long deadline(Cpu cpu, Timer timer) {
        if (!isKnown(cpu, timer)) {
            return Long.MAX_VALUE;
        }
        int control = control(cpu, timer);
        if ((control & (ENABLE | IMASK)) != ENABLE) {
            return Long.MAX_VALUE;
        }
        if ((control & ISTATUS) != 0) {
            return cpu.instructions;
        }
        long ticks = compareValue(cpu, timer) - count(cpu, timer);
        long target = physicalCount(cpu) + ticks;
        boolean tooFar = ticks < 0 || target < 0 || target > Long.MAX_VALUE / cpu.instructionsPerTick;
        return tooFar ? Long.MAX_VALUE : target * cpu.instructionsPerTick;
    }

    /** Whether everything is known that the timer depends on; a timer of which it is not does nothing. */
    private static boolean isKnown(Cpu cpu, Timer timer) {
        return cpu.system.isKnown(timer.control, timer.secure)
                && cpu.system.isKnown(timer.compareValue, timer.secure)
                && (timer != Timer.VIRTUAL || cpu.system.isKnown(SystemRegister.CNTVOFF, false));
    }

    /** CNTx_CTL with ISTATUS, which is 0 while the timer is disabled. */
    private static int control(Cpu cpu, Timer timer) {
        int control = cpu.system.word(timer.control, timer.secure) & (ENABLE | IMASK);
        boolean met = Long.compareUnsigned(count(cpu, timer), compareValue(cpu, timer)) >= 0;
        return (control & ENABLE) != 0 && met ? control | ISTATUS : control;
    }

    /** Brings what SystemState holds of the timers up to date: the counters, and ISTATUS. */
    static void refresh(Cpu cpu) {
        cpu.system.set(SystemRegister.CNTPCT, physicalCount(cpu));
        if (cpu.system.isKnown(SystemRegister.CNTVOFF, false)) {
            cpu.system.set(SystemRegister.CNTVCT, virtualCount(cpu));
        }
        for (Timer timer : Timer.values()) {
            if (isKnown(cpu, timer)) {
                cpu.system.set(timer.control, timer.secure, control(cpu, timer));
            }
        }
    }
}
