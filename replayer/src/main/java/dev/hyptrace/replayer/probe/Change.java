package dev.hyptrace.replayer.probe;

/**
 * One thing that a call changed.
 *
 * @param target what: a register, a field of CPSR such as {@code CPSR.M}, or a word of memory such as {@code [SP_hyp-0x8]}
 * @param value its new value, in terms of what was put in where that is exact: {@code 0x0badca11}, {@code r1&~0x1f},
 *     {@code HVBAR+0x34}
 */
public record Change(String target, String value) {
    @Override
    public String toString() {
        return target + ":=" + value;
    }
}
