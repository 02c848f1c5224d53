package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The calls to try: every selector with every kind of r1; for the selectors that stubs know, everything else varied one at a
 * time; and every number by Jailhouse's immediate.
 */
public final class ProbeMatrix {
    private static final int LAST_NUMBER = 16;
    private static final int ALL_ONES = -1;
    /** SMCCC_VERSION, PSCI_VERSION, and CPU_SUSPEND of PSCI 0.1 as KVM numbers it. */
    private static final List<Integer> FUNCTIONS = List.of(0x8000_0000, 0x8400_0000, 0x95c1_ba5e);

    private static final int LAST_VARIED = 4;
    private static final List<Mode> MODES = List.of(Mode.SYS, Mode.IRQ, Mode.ABT, Mode.UND, Mode.FIQ, Mode.HYP);
    private static final int XEN = 0xea1;
    private static final int JAILHOUSE = 0x4a48;
    /** Any; those of who has one; all ones. */
    private static final List<Integer> IMMEDIATES = List.of(1, XEN, JAILHOUSE, 0xffff);

    private ProbeMatrix() {}

    /** All of it, in the order in which it is reported. */
    public static List<ProbeCase> standard() {
        Set<ProbeCase> cases = new LinkedHashSet<>();
        for (Selector selector : selectors()) {
            for (ArgumentKind kind : ArgumentKind.values()) {
                cases.add(ProbeCase.of(selector, kind));
            }
        }
        for (Selector selector : variedSelectors()) {
            vary(cases, ProbeCase.of(selector, ArgumentKind.ALIGNED_ADDRESS));
        }
        for (Selector selector : numbers(LAST_NUMBER)) { // Xen's functions are told apart by r12
            cases.add(ProbeCase.of(selector, ArgumentKind.ALIGNED_ADDRESS).withImmediate(JAILHOUSE));
        }
        return List.copyOf(cases);
    }

    private static List<Selector> selectors() {
        List<Selector> list = new ArrayList<>(numbers(LAST_NUMBER));
        list.add(Selector.number(ALL_ONES));
        list.addAll(List.of(Selector.landing(0), Selector.landing(4), Selector.landing(1)));
        FUNCTIONS.forEach(function -> list.add(Selector.number(function)));
        return list;
    }

    private static List<Selector> variedSelectors() {
        List<Selector> list = new ArrayList<>(numbers(LAST_VARIED));
        list.addAll(List.of(Selector.number(ALL_ONES), Selector.landing(0)));
        return list;
    }

    private static List<Selector> numbers(int last) {
        List<Selector> list = new ArrayList<>();
        for (int number = 0; number <= last; number++) {
            list.add(Selector.number(number));
        }
        return list;
    }

    private static void vary(Set<ProbeCase> cases, ProbeCase base) {
        MODES.forEach(mode -> cases.add(base.by(base.caller().in(mode))));
        IMMEDIATES.forEach(immediate -> cases.add(base.withImmediate(immediate)));
        cases.add(base.by(base.caller().of(InstructionSet.T32)));
        cases.add(base.by(base.caller().withFlags()));
        cases.add(base.by(base.caller().withBigEndian()));
        for (ArgumentKind kind : ArgumentKind.values()) {
            cases.add(base.withR2(kind));
        }
        cases.add(base.with(CanarySet.SECOND));
    }
}
