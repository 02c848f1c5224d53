package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.MemoryAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The inverse of {@link AccessEncoder}. */
final class AccessDecoder {
    private final ColumnReader kinds;
    private final ColumnReader addresses;
    private final ColumnReader data;

    AccessDecoder(ColumnsReader columns) {
        kinds = columns.get(ColumnId.ACCESS_KINDS);
        addresses = columns.get(ColumnId.ACCESS_ADDRESSES);
        data = columns.get(ColumnId.ACCESS_DATA);
    }

    List<MemoryAccess> decode(Site site, int flags) throws CorruptChunkException {
        if ((flags & StepFlag.ACCESS_KINDS) != 0) {
            int count = kinds.varint(AccessEncoder.MAX_ACCESSES + 1, "the number of a step's accesses");
            site.learnAccessKinds(kinds.bytes(count));
        }
        int count = site.accessKinds.length;
        if (count == 0) {
            return List.of();
        }
        boolean fresh = (flags & StepFlag.ACCESS_VALUES) != 0;
        List<MemoryAccess> accesses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (fresh) {
                readValues(site, i);
            }
            accesses.add(access(site, i));
        }
        return accesses;
    }

    private void readValues(Site site, int i) throws CorruptChunkException {
        int base = i == 0 ? site.accessAddresses[0] : site.accessAddresses[i - 1];
        site.accessAddresses[i] = base + (int) addresses.zigzag();
        if ((site.accessKinds[i] & AccessEncoder.HAS_DATA) != 0) {
            site.accessData[i] += data.zigzag();
        }
    }

    private static MemoryAccess access(Site site, int i) {
        int kind = site.accessKinds[i];
        OptionalLong value =
                (kind & AccessEncoder.HAS_DATA) != 0 ? OptionalLong.of(site.accessData[i]) : OptionalLong.empty();
        return new MemoryAccess((kind & AccessEncoder.WRITE) != 0, site.accessAddresses[i], 1 << (kind & 3), value);
    }
}
