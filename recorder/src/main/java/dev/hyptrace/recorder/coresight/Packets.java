package dev.hyptrace.recorder.coresight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the packets of one source say and the elements made of them leave out: Hyp mode, and the address of a vector. An
 * element has the index of its packet and stands behind it in the listing.
 */
final class Packets {
    /** A decoder holds back the elements of a few packets. */
    private static final int KEPT = 128;

    private static final Pattern BRANCH =
            Pattern.compile("BRANCH_ADDRESS : [^;]{0,80}; Addr=0x([0-9A-Fa-f]{1,8}) .{0,500}");
    private static final Pattern EXCEPTION_LEVEL = Pattern.compile("EL([0-3])[SN]; ");
    private static final Pattern IDS = Pattern.compile("(?:VMID|CTXTID|CtxtID)=(?:0x)?[0-9a-fA-F]{1,8}(?=;)");

    private final ArrayDeque<Packet> packets = new ArrayDeque<>();
    private final List<Change> changes = new ArrayList<>();
    private TraceContext context = TraceContext.UNKNOWN;
    private boolean levelsAreGiven;
    private boolean afterBranch;

    /**
     * A packet.
     *
     * @param afterBranch whether the one before it, timestamps apart, gave the address of a branch
     */
    private record Packet(long index, String name, OptionalInt branch, boolean afterBranch) {}

    private record Change(long index, boolean listed, TraceContext to) {}

    /** The text of a packet behind its bytes. */
    void add(long index, String text) {
        Matcher address = BRANCH.matcher(text);
        boolean branch = address.matches();
        OptionalInt target =
                branch ? OptionalInt.of(Integer.parseUnsignedInt(address.group(1), 16)) : OptionalInt.empty();
        String name = text.substring(0, Math.max(0, text.indexOf(' ')));
        packets.addLast(new Packet(index, name, target, afterBranch));
        if (packets.size() > KEPT) {
            packets.removeFirst();
        }
        afterBranch = name.equals("TIMESTAMP") ? afterBranch : branch;
        if (text.contains("; NS; ") || text.contains("; S; ")) {
            change(
                    index,
                    false,
                    new TraceContext(
                            text.contains("; NS; ") ? TraceContext.Security.NON_SECURE : TraceContext.Security.SECURE,
                            text.contains("; Hyp; ") ? TraceContext.Level.HYP : TraceContext.Level.NOT_HYP,
                            ""));
        }
    }

    /** The text of a {@code PE_CONTEXT} element. Decoders of PTM never say that a processor is in Hyp mode there. */
    void context(long index, String text) {
        Matcher level = EXCEPTION_LEVEL.matcher(text);
        boolean found = level.find();
        levelsAreGiven |= found;
        boolean hyp = found && level.group(1).equals("2");
        boolean secure = text.contains("S; ");
        boolean known = secure || text.contains("N; ");
        change(
                index,
                true,
                new TraceContext(
                        known
                                ? (secure ? TraceContext.Security.SECURE : TraceContext.Security.NON_SECURE)
                                : TraceContext.Security.UNKNOWN,
                        hyp
                                ? TraceContext.Level.HYP
                                : levelsAreGiven ? TraceContext.Level.NOT_HYP : TraceContext.Level.UNKNOWN,
                        ids(text)));
    }

    private static String ids(String text) {
        StringBuilder ids = new StringBuilder();
        Matcher matcher = IDS.matcher(text);
        while (matcher.find()) {
            ids.append(ids.length() == 0 ? "" : ", ").append(matcher.group());
        }
        return ids.toString();
    }

    private void change(long index, boolean listed, TraceContext to) {
        changes.add(new Change(index, listed, to));
        if (changes.size() > KEPT) {
            context = context.updated(changes.remove(0).to());
        }
    }

    /** What held before the packet with this index. */
    TraceContext before(long index) {
        return settle(index, index);
    }

    /**
     * What held for the instructions of a range with this index: the elements before it count, its own packet does not.
     */
    TraceContext during(long index) {
        return settle(index, index + 1);
    }

    private TraceContext settle(long packetLimit, long elementLimit) {
        for (Iterator<Change> each = changes.iterator(); each.hasNext(); ) {
            Change change = each.next();
            if (change.index() < (change.listed() ? elementLimit : packetLimit)) {
                context = context.updated(change.to());
                each.remove();
            }
        }
        return context;
    }

    /** What held after the packet with this index. */
    TraceContext after(long index) {
        return before(index + 1);
    }

    /**
     * Where the branch goes that a packet with an index from one to another, both included, tells: the last of them.
     */
    OptionalInt branch(long from, long to) {
        OptionalInt found = OptionalInt.empty();
        for (Packet packet : packets) {
            if (packet.index() >= from
                    && packet.index() <= to
                    && packet.branch().isPresent()) {
                found = packet.branch();
            }
        }
        return found;
    }

    /**
     * Whether an exception return is told before the branch that it is. Trace units tell it after that; OpenCSD gives
     * the instruction with the branch.
     */
    boolean isReturnAhead(long index) {
        return packets.stream()
                .anyMatch(packet -> packet.index() == index && packet.name().equals("ERET") && !packet.afterBranch());
    }
}
