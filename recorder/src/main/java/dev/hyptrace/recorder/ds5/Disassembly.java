package dev.hyptrace.recorder.ds5;

import java.util.regex.Pattern;

/** What a mnemonic says of eight digits that A32 and T32 both have, in the columns where they share no instruction. */
final class Disassembly {
    /** Unconditional A32 instructions: DDI 0406C A5.7. */
    private static final Pattern UNCONDITIONAL =
            Pattern.compile("BLX|PLDW?|PLI|CPS.{0,2}|SETEND|SRS.{0,2}|RFE.{0,2}|(?:LDC|STC)2L?"
                    + "|CDP2|MCRR?2|MRRC2|MRC2|V.{1,20}|CLREX|DSB|DMB|ISB|<.{1,20}|UNDEF.{0,20}|UDF");

    private Disassembly() {}

    static boolean allowsA32(int bits, String mnemonic) {
        if (mnemonic.isEmpty()) {
            return true;
        }
        return bits >>> 28 == 0xf
                ? UNCONDITIONAL.matcher(mnemonic).matches()
                : !isBranchColumn(bits) || isBranch(mnemonic);
    }

    static boolean allowsT32(int bits, String mnemonic) {
        return mnemonic.isEmpty() || !isBranchColumn(bits) || !isBranch(mnemonic);
    }

    /** 0xea and 0xeb are B and BL in A32, data processing with a shifted register in T32. */
    private static boolean isBranchColumn(int bits) {
        return bits >>> 25 == 0x75;
    }

    private static boolean isBranch(String mnemonic) {
        return mnemonic.equals("B") || mnemonic.equals("BL") || mnemonic.equals("BAL") || mnemonic.equals("BLAL");
    }
}
