package dev.hyptrace.traces.container;

import java.util.Arrays;

/**
 * What a chunk's coder remembers of one address: what followed it, what was encoded there, and how the instruction there
 * changed registers. Writer and reader keep the same sites and so predict the same.
 */
final class Site {
    /** Registers beyond this number that one instruction changes are not predicted. */
    static final int MAX_CHANGING = 63;

    private static final int MAX_TRUST = 3;

    private static final RegisterChange[] NO_CHANGES = {};
    private static final byte[] NO_KINDS = {};
    private static final int[] NO_ADDRESSES = {};
    private static final long[] NO_DATA = {};

    /** What a reader calls the instruction; -1 when it has not seen it yet. */
    int codeNumber = -1;
    /** The number of the shape of the state before it, or -1 before the first. */
    int shape = -1;
    /** The kinds of its data accesses, one byte each, and the address and data of each. */
    byte[] accessKinds = NO_KINDS;

    int[] accessAddresses = NO_ADDRESSES;
    long[] accessData = NO_DATA;

    /** The site that was after this one last; null before the first. */
    Site successor;

    private final int address;
    private long instruction = InstructionCode.NONE;
    private boolean left;
    private int next;
    private int otherNext;
    private int trust;

    /** What {@link #present} has answered last, and of what. */
    private Shape countedShape;

    private int countedChanging;
    private int counted;

    private int changing;
    private RegisterChange[] changes = NO_CHANGES;

    Site(int address) {
        this.address = address;
        this.next = address + 4;
        this.otherNext = next;
    }

    int address() {
        return address;
    }

    /** Learns what is encoded here. Until the site has been left once, what follows is the next instruction in memory. */
    void learnInstruction(long packed) {
        instruction = packed;
        codeNumber = -1;
        if (!left) {
            next = address + InstructionCode.size(packed);
        }
    }

    /** Learns what accesses the instruction makes; where and of what is kept as far as there are as many. */
    void learnAccessKinds(byte[] kinds) {
        accessKinds = kinds;
        accessAddresses = Arrays.copyOf(accessAddresses, kinds.length);
        accessData = Arrays.copyOf(accessData, kinds.length);
    }

    /** Says what will follow, better than what followed last time. */
    void expectNext(int expected) {
        next = expected;
    }

    /** What is encoded here, as {@link InstructionCode} packs it. */
    long instruction() {
        return instruction;
    }

    int next() {
        return next;
    }

    int otherNext() {
        return otherNext;
    }

    /** Learns what followed. A successor that has proved itself is given up only after it has failed more than once. */
    void learnNext(int actual) {
        left = true;
        if (actual == next) {
            trust = Math.min(trust + 1, MAX_TRUST);
        } else if (trust > 1) {
            trust--;
            otherNext = actual;
        } else {
            otherNext = next;
            next = actual;
            trust = 0;
        }
    }

    /** How many registers the instruction is known to change. */
    int changing() {
        return changing;
    }

    /** How many of them a shape has. */
    int present(Shape shape) {
        if (shape != countedShape || changing != countedChanging) {
            countedShape = shape;
            countedChanging = changing;
            counted = 0;
            for (int i = 0; i < changing; i++) {
                counted += shape.place(changes[i].register()) >= 0 ? 1 : 0;
            }
        }
        return counted;
    }

    /** How the instruction changes the i-th of these registers. */
    RegisterChange change(int i) {
        return changes[i];
    }

    /** Adds a register that the instruction was not known to change. */
    void addChanging(int register, long before, long after, long mask) {
        if (changing == MAX_CHANGING) {
            return;
        }
        if (changing == changes.length) {
            changes = Arrays.copyOf(changes, Math.max(2, changing * 2));
        }
        changes[changing++] = new RegisterChange(register, before, after, mask);
    }
}
