package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.MemoryAccess;
import java.util.List;

/** Codes the data accesses of a step against those of the last step at the same address. */
final class AccessEncoder {
    /** No instruction makes more: the longest load or store multiple has 32 registers. */
    static final int MAX_ACCESSES = 1024;

    /** Bits of an access kind: the size is 1 shifted left by bits [1:0]. */
    static final int WRITE = 1 << 2;

    static final int HAS_DATA = 1 << 3;

    private final ColumnWriter kinds;
    private final ColumnWriter addresses;
    private final ColumnWriter data;

    AccessEncoder(ColumnsWriter columns) {
        kinds = columns.get(ColumnId.ACCESS_KINDS);
        addresses = columns.get(ColumnId.ACCESS_ADDRESSES);
        data = columns.get(ColumnId.ACCESS_DATA);
    }

    /** @return the flags of what was not as predicted */
    int encode(Site site, List<MemoryAccess> accesses) {
        int flags = 0;
        if (!haveKinds(accesses, site.accessKinds)) {
            flags |= StepFlag.ACCESS_KINDS;
            site.learnAccessKinds(kindsOf(accesses));
            kinds.varint(accesses.size());
            kinds.bytes(site.accessKinds);
        }
        if (!arePredicted(site, accesses)) {
            flags |= StepFlag.ACCESS_VALUES;
            for (int i = 0; i < accesses.size(); i++) {
                writeValues(site, i, accesses.get(i));
            }
        }
        return flags;
    }

    private static boolean haveKinds(List<MemoryAccess> accesses, byte[] expected) {
        boolean same = accesses.size() == expected.length;
        for (int i = 0; same && i < expected.length; i++) {
            same = kindOf(accesses.get(i)) == expected[i];
        }
        return same;
    }

    private static byte[] kindsOf(List<MemoryAccess> accesses) {
        byte[] kinds = new byte[accesses.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = kindOf(accesses.get(i));
        }
        return kinds;
    }

    private static byte kindOf(MemoryAccess access) {
        return (byte) (Integer.numberOfTrailingZeros(access.size())
                | (access.write() ? WRITE : 0)
                | (access.data().isPresent() ? HAS_DATA : 0));
    }

    private static boolean arePredicted(Site site, List<MemoryAccess> accesses) {
        for (int i = 0; i < accesses.size(); i++) {
            MemoryAccess access = accesses.get(i);
            if (access.address() != site.accessAddresses[i]
                    || access.data().isPresent() && access.data().getAsLong() != site.accessData[i]) {
                return false;
            }
        }
        return true;
    }

    private void writeValues(Site site, int i, MemoryAccess access) {
        int base = i == 0 ? site.accessAddresses[0] : site.accessAddresses[i - 1];
        addresses.zigzag(access.address() - base);
        site.accessAddresses[i] = access.address();
        if (access.data().isPresent()) {
            data.zigzag(access.data().getAsLong() - site.accessData[i]);
            site.accessData[i] = access.data().getAsLong();
        }
    }
}
