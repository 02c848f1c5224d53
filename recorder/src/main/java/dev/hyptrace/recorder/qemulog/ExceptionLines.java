package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines that {@code -d int} prints: exceptions with their details, exception returns, mode switches. */
final class ExceptionLines {
    private static final byte[] TAKING = Fields.ascii("Taking exception ");
    private static final byte[] BRACKET = Fields.ascii(" [");
    private static final byte[] ON_CPU = Fields.ascii(" on CPU ");
    private static final byte[] FROM = Fields.ascii("...from EL");
    private static final byte[] TO = Fields.ascii(" to EL");
    private static final byte[] ESR = Fields.ascii("...with ESR ");
    private static final byte[] WITH = Fields.ascii("...with ");
    private static final byte[] PSCI = Fields.ascii("...handled as PSCI call");
    private static final byte[] SEMIHOSTING = Fields.ascii("...handling as semihosting call");
    private static final byte[] RETURN = Fields.ascii("Exception return from AArch32 ");
    private static final byte[] SWITCH = Fields.ascii("AArch32 mode switch from ");
    private static final byte[] TO_MODE = Fields.ascii("to ");
    private static final byte[] PC = Fields.ascii("PC ");
    private static final Map<String, Mode> MODES =
            Stream.of(Mode.values()).collect(Collectors.toMap(Mode::suffix, Function.identity()));
    private static final Map<String, Register> FAULT_REGISTERS = Stream.of(
                    Register.HDFAR, Register.HIFAR, Register.DFSR, Register.DFAR, Register.IFSR, Register.IFAR)
            .collect(Collectors.toMap(Register::manualName, Function.identity()));

    private final Processors processors;
    private TakenException taken;
    private Optional<Mode> from;
    private Optional<Mode> to;
    private int address;

    ExceptionLines(Processors processors) {
        this.processors = processors;
    }

    /** {@code Taking exception 11 [Hypervisor Call] on CPU 0}; before QEMU 7 without the processor. */
    boolean taking(Fields fields) {
        if (!fields.skip(TAKING) || !fields.decimal()) {
            return false;
        }
        int number = (int) fields.value();
        String name = fields.skip(BRACKET) ? fields.until(']') : null;
        if (name == null) {
            return false;
        }
        if (fields.skip(ON_CPU) && (!fields.decimal() || !processors.select((int) fields.value()))) {
            return false;
        }
        taken = processors.current().exception(number, name);
        return true;
    }

    /** A line that begins with {@code ...}, {@code Exception return} or {@code AArch32 mode switch}. */
    boolean detail(byte[] line, int start, int end, Fields fields) {
        fields.at(line, start, end);
        if (line[start] == '.') {
            return taken != null && (levels(fields) || syndrome(fields) || handled(fields) || faultRegisters(fields));
        }
        if (fields.skip(RETURN) && modesAndAddress(fields)) {
            processors.leaving(from).exceptionReturn(from, to, address);
            return true;
        }
        if (fields.skip(SWITCH) && modesAndAddress(fields)) {
            String text = new String(line, start, end - start, StandardCharsets.ISO_8859_1);
            processors.leaving(from).modeSwitch(to, address, text);
            return true;
        }
        return false;
    }

    /** {@code ...from EL1 to EL2}. */
    private boolean levels(Fields fields) {
        if (!fields.skip(FROM) || !fields.decimal()) {
            return false;
        }
        int fromLevel = (int) fields.value();
        if (!fields.skip(TO) || !fields.decimal()) {
            return false;
        }
        taken.levels(fromLevel, (int) fields.value());
        return true;
    }

    /** {@code ...with ESR 0x12/0x4a000000}: the exception class, then the whole syndrome. */
    private boolean syndrome(Fields fields) {
        if (!fields.skip(ESR) || !fields.hex() || !fields.skip('/') || !fields.word()) {
            return false;
        }
        taken.syndrome((int) fields.value());
        return true;
    }

    private boolean handled(Fields fields) {
        boolean psci = fields.skip(PSCI);
        if (!psci && !fields.skip(SEMIHOSTING)) {
            return false;
        }
        processors.current().handled(psci ? "PSCI call" : "semihosting call");
        taken = null;
        return true;
    }

    /** {@code ...with DFSR 0x8 DFAR 0xfff00000}, or one register alone. */
    private boolean faultRegisters(Fields fields) {
        if (!fields.skip(WITH)) {
            return false;
        }
        boolean any = false;
        for (String name = fields.until(' '); name != null; name = fields.until(' ')) {
            Register register = FAULT_REGISTERS.get(name);
            if (register == null || !fields.word()) {
                return any;
            }
            taken.faultRegister(bank(register), (int) fields.value());
            any = true;
            fields.skip(' ');
        }
        return any;
    }

    private Register bank(Register register) {
        boolean banked = register != Register.HDFAR && register != Register.HIFAR;
        return banked && taken.isToSecure()
                ? Register.named(register.manualName() + "_s").orElseThrow()
                : register;
    }

    /** {@code hyp to svc PC 0x40014974}. A mode that QEMU does not know is {@code ???}. */
    private boolean modesAndAddress(Fields fields) {
        String left = fields.until(' ');
        String entered = left != null && fields.skip(TO_MODE) ? fields.until(' ') : null;
        if (entered == null || !fields.skip(PC) || !fields.word()) {
            return false;
        }
        from = mode(left);
        to = mode(entered);
        address = (int) fields.value();
        return true;
    }

    /** The mode that QEMU names so; empty when it is none of ARMv7. */
    static Optional<Mode> mode(String name) {
        return Optional.ofNullable(MODES.get(name.toLowerCase(Locale.ROOT)));
    }
}
