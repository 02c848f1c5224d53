package dev.hyptrace.traces.model;

/** Why a value that no source recorded is nevertheless given. The constant's name is what a file stores. */
public enum DerivationRule {
    /** ELR_hyp after an HVC is the address of the next instruction: DDI 0406C B1.8.3. */
    ELR_FROM_HVC_ADDRESS("ELR_hyp = address of the HVC + 4"),
    /** ELR_hyp after an instruction that aborted or was trapped to Hyp mode is its own address: DDI 0406C B1.8.3. */
    ELR_FROM_INSTRUCTION_ADDRESS("ELR_hyp = address of the instruction that aborted or was trapped"),
    /** On an exception the SPSR of the mode entered takes the CPSR of the instruction interrupted: B1.8.3. */
    SPSR_FROM_CPSR("SPSR = CPSR before the exception"),
    /** The first instruction after an exception to Hyp mode lies at HVBAR plus the vector's offset: B1.8.1. */
    HVBAR_FROM_VECTOR("HVBAR = address of the vector - its offset"),
    /** As {@link #HVBAR_FROM_VECTOR} for the modes that use VBAR or MVBAR. */
    VBAR_FROM_VECTOR("vector base = address of the vector - its offset"),
    /** HSR after an HVC: EC 0x12, IL 1, ISS the immediate: B3.13.6. */
    HSR_FROM_HVC("HSR = EC 0x12, IL 1, ISS = immediate of the HVC"),
    /** QEMU logs a syndrome with IL set where ARMv7 has the bit UNK/SBZP, and clears it on the way to HSR. */
    HSR_FROM_LOGGED_SYNDROME("HSR = syndrome in the log, without IL"),
    /** R13 or R14 of a mode at the next entry to it is what it was when the mode was left. */
    BANKED_FROM_NEXT_ENTRY("banked register = its value when the mode is next entered"),
    /** The state before an exception, worked back from the state at its vector. */
    CALL_FROM_VECTOR("state before the exception = state at its vector, by the rules of exception entry"),
    /** The emulator computed it between two recorded states. */
    REPLAYED("computed by the emulator from the last recorded state"),
    /** J, T and the IT bits change without a write to CPSR; each instruction shows them: DDI 0406C A2.5. */
    STATUS_FROM_INSTRUCTIONS("CPSR = its last value, J, T and IT by the instructions since"),
    /** A user's own rule, in an imported table. */
    IMPORTED("marked as derived in the imported file");

    private final String text;

    DerivationRule(String text) {
        this.text = text;
    }

    /** The rule in words. */
    public String text() {
        return text;
    }
}
