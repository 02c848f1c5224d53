package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.memory.Ram;

/**
 * Where a probe's calls may jump to: a page of RAM for each of r0, r1 and r2, away from the occupant and the caller.
 *
 * @param address the first page's address
 */
record Landing(int address) {
    private static final int PAGE = 0x1000;
    private static final int PAGES = 3;
    private static final int CANDIDATE_DISTANCE = 0x1_0000;
    private static final int CLEARANCE = 0x4000;
    private static final byte[] A32_SPIN = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xea};
    private static final byte[] T32_SPIN = {(byte) 0xfe, (byte) 0xe7, (byte) 0xfe, (byte) 0xe7};

    /** The last place in RAM that keeps clear of both addresses. */
    static Landing in(Ram ram, int hvbar, int pc) {
        long place = ram.base() + ram.size() - CANDIDATE_DISTANCE & -CANDIDATE_DISTANCE;
        while (isNear(place, hvbar) || isNear(place, pc)) {
            place -= CANDIDATE_DISTANCE;
        }
        return new Landing((int) place);
    }

    private static boolean isNear(long place, int address) {
        return Math.abs(place - Integer.toUnsignedLong(address)) < PAGES * PAGE + CLEARANCE;
    }

    /** The landing of an argument register, r0 to r2. */
    int of(int register) {
        return address + PAGE * register;
    }

    /** The code there, a branch to itself at offsets 0 and 4. */
    byte[] code(boolean thumb) {
        byte[] spin = thumb ? T32_SPIN : A32_SPIN;
        byte[] code = new byte[2 * spin.length];
        System.arraycopy(spin, 0, code, 0, spin.length);
        System.arraycopy(spin, 0, code, spin.length, spin.length);
        return code;
    }
}
