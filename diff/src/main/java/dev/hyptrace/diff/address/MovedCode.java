package dev.hyptrace.diff.address;

import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Address maps between two builds of the same code, from where their hypercalls are made: what lies before an HVC, as far
 * back as the one before it, moved with it, and so did what lies after the last one.
 *
 * <p>Only the addresses of HVCs count. That a vector base differs is what a comparison is for.
 */
public final class MovedCode {
    /** How far code reaches before the first HVC and after the last. */
    private static final long REACH = 0x0010_0000;

    /** The HVC itself and where it returns to. */
    private static final long HVC = 8;

    private MovedCode() {}

    /**
     * The maps from left to right, in the order of addresses.
     *
     * @return none where nothing moved, or the calls do not correspond one to one as far as the shorter list goes
     */
    public static List<AddressMap> maps(List<Hypercall> left, List<Hypercall> right) {
        NavigableMap<Long, Long> moved = new TreeMap<>();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (left.get(i).site().isEmpty() || right.get(i).site().isEmpty()) {
                return List.of();
            }
            long from = Integer.toUnsignedLong(left.get(i).site().getAsInt());
            long to = Integer.toUnsignedLong(right.get(i).site().getAsInt());
            Long before = moved.put(from, to);
            if (before != null && before != to) {
                return List.of();
            }
        }
        boolean ordered = isAscending(moved);
        boolean same =
                moved.entrySet().stream().allMatch(entry -> entry.getKey().equals(entry.getValue()));
        return ordered && !same ? maps(moved) : List.of();
    }

    private static boolean isAscending(NavigableMap<Long, Long> moved) {
        long last = -1;
        for (long to : moved.values()) {
            if (to <= last) {
                return false;
            }
            last = to;
        }
        return true;
    }

    private static long end(long site, NavigableMap<Long, Long> moved) {
        return Math.min(site + HVC, moved.higherKey(site));
    }

    private static List<AddressMap> maps(NavigableMap<Long, Long> moved) {
        List<AddressMap> maps = new ArrayList<>();
        long start = Math.max(0, moved.firstKey() - REACH);
        for (Map.Entry<Long, Long> site : moved.entrySet()) {
            boolean isLast = site.getKey().equals(moved.lastKey());
            long end = isLast ? Math.min(1L << 32, site.getKey() + REACH) : end(site.getKey(), moved);
            long by = site.getValue() - site.getKey();
            if (by != 0) {
                maps.add(new AddressMap((int) start, (int) (start + by), end - start));
            }
            start = end;
        }
        return maps;
    }
}
