package dev.hyptrace.traces.container;

/** The sites of a chunk by address: an open-addressed table, because it is asked once per step. */
final class Sites {
    private static final int HASH = 0x9e37_79b1;

    private int[] addresses = new int[1 << 10];
    private Site[] sites = new Site[1 << 10];
    private int count;

    /** The site of this address, made when there is none yet. */
    Site at(int address) {
        int slot = slotOf(address);
        Site site = sites[slot];
        if (site != null) {
            return site;
        }
        Site added = new Site(address);
        addresses[slot] = address;
        sites[slot] = added;
        if (++count * 2 > sites.length) {
            grow();
        }
        return added;
    }

    private int slotOf(int address) {
        int mask = sites.length - 1;
        int slot = (address >>> 1) * HASH >>> 8 & mask;
        while (sites[slot] != null && addresses[slot] != address) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldAddresses = addresses;
        Site[] oldSites = sites;
        addresses = new int[oldAddresses.length * 2];
        sites = new Site[oldSites.length * 2];
        for (int i = 0; i < oldSites.length; i++) {
            if (oldSites[i] != null) {
                int slot = slotOf(oldAddresses[i]);
                addresses[slot] = oldAddresses[i];
                sites[slot] = oldSites[i];
            }
        }
    }
}
