package dev.hyptrace.cli.board;

/** The debug registers of a Cortex-A15 as an external debugger sees them: DDI 0406C C11. */
final class CoreDebug implements DebugPort.Bus {
    /** Where they are on the debug bus. */
    static final int BASE = 0x8000_0000;
    /** Where the access port says that a list of components is. */
    static final int ROM_TABLE = 0x8000_1000;
    /** Six breakpoints, two of them for contexts; four watchpoints. */
    private static final int DIDR = 0x3515_f021;

    private static final int MIDR = 0x414f_c0f0;
    private static final int ID_PFR1 = 0x0001_1011;

    private static final int HALTED = 1;
    private static final int RESTARTED = 1 << 1;
    private static final int UND = 1 << 8;
    private static final int SDABORT = 1 << 6;
    private static final int NS = 1 << 18;
    private static final int INSTRUCTION_COMPLETE = 1 << 24;
    private static final int DSCR_WRITABLE = 0x0030_f800;
    private static final int FAST = 0x20_0000;

    private final DebuggedProcessor processor;
    private int dscr;
    private int latched;
    private int entry = 4;
    /** As after a reset with a debug request pending. */
    private boolean halted = true;

    private int sticky;
    private boolean osLocked;

    CoreDebug(DebuggedProcessor processor) {
        this.processor = processor;
    }

    @Override
    public int read(int address) {
        int offset = address - BASE;
        if (address >= ROM_TABLE && address < ROM_TABLE + 0x1000) {
            return romTable(address - ROM_TABLE);
        }
        if (offset >= 0x100 && offset < 0x180) {
            return processor.breakpoints().read(offset - 0x100);
        }
        return switch (offset) {
            case 0x000 -> DIDR;
            case 0x088 -> readDscr();
            case 0x08c -> readTx();
            case 0x304 -> 0x8 | (osLocked ? 2 : 0);
            case 0x314 -> 1 | (halted ? 0x10 : 0);
            case 0xd00 -> MIDR;
            case 0xd24 -> ID_PFR1;
            case 0xfb8 -> 0xaa;
            case 0xfcc -> 0x15;
            case 0xfd0 -> 4;
            case 0xfe0 -> 0x0f;
            case 0xff4 -> 0x90;
            default -> identification(offset);
        };
    }

    /** One component: these registers. */
    private static int romTable(int offset) {
        return switch (offset) {
            case 0 -> BASE - ROM_TABLE | 3;
            case 0xff4 -> 0x10;
            default -> identification(offset);
        };
    }

    /** What the CoreSight identification registers of both have in common: Arm, and the preamble. */
    private static int identification(int offset) {
        return switch (offset) {
            case 0xfe4 -> 0xbc;
            case 0xfe8 -> 0x0b;
            case 0xff0 -> 0x0d;
            case 0xff8 -> 0x05;
            case 0xffc -> 0xb1;
            default -> 0;
        };
    }

    @Override
    public void write(int address, int value) {
        int offset = address - BASE;
        if (offset >= 0x100 && offset < 0x180) {
            processor.breakpoints().write(offset - 0x100, value);
            return;
        }
        switch (offset) {
            case 0x080 -> {
                processor.receive(value);
                if (halted && isFast()) {
                    execute(latched);
                }
            }
            case 0x084 -> {
                if (halted && isFast()) {
                    latched = value;
                } else if (halted) {
                    execute(value);
                }
            }
            case 0x088 -> dscr = value & DSCR_WRITABLE;
            case 0x090 -> control(value);
            case 0x300 -> osLocked = value == 0xc5ac_ce55;
            default -> {}
        }
    }

    private boolean isFast() {
        return (dscr & 0x30_0000) == FAST;
    }

    /** Looking at a running processor is what lets its time pass. */
    private int readDscr() {
        if (!halted) {
            DebuggedProcessor.Halt halt = processor.run();
            if (halt != DebuggedProcessor.Halt.NONE) {
                halted = true;
                entry = halt.entry();
            }
        }
        return status();
    }

    private int status() {
        return dscr
                | NS
                | RESTARTED
                | INSTRUCTION_COMPLETE
                | sticky
                | entry << 2
                | (halted ? HALTED : 0)
                | (processor.hasSent() ? 1 << 29 | 1 << 26 : 0)
                | (processor.hasToReceive() ? 1 << 30 | 1 << 27 : 0);
    }

    private int readTx() {
        int value = processor.sent();
        if (halted && isFast()) {
            execute(latched);
        }
        return value;
    }

    private void execute(int word) {
        if ((word & 0xffff_0fff) == 0xee10_0e11 && (word >>> 12 & 0xf) != 15) {
            processor.setRegister(word >>> 12 & 0xf, status());
            return;
        }
        sticky |= switch (processor.execute(word)) {
            case DONE -> 0;
            case UNDEFINED -> UND;
            case ABORTED -> SDABORT;
        };
    }

    private void control(int value) {
        if ((value & 4) != 0) {
            sticky = 0;
        }
        if ((value & 1) != 0 && !halted) {
            halted = true;
            entry = DebuggedProcessor.Halt.REQUEST.entry();
        }
        if ((value & 2) != 0 && halted) {
            halted = false;
            entry = 0;
            processor.leaveDebugState((dscr & 1 << 11) != 0);
        }
    }
}
