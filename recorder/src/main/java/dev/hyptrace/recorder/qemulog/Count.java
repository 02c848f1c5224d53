package dev.hyptrace.recorder.qemulog;

/** What {@link ImportReport} counts. */
public enum Count {
    STEPS("instructions"),
    STEPS_WITHOUT_ENCODING("instructions whose encoding the log does not give"),
    STEPS_WITHOUT_REGISTERS("instructions without registers before them"),
    INNER_STEPS("instructions inside a block of several, without registers"),
    EXCEPTION_ENTRIES("exceptions taken"),
    EXCEPTION_RETURNS("exception returns"),
    MODE_SWITCHES("mode switches"),
    PSCI_CALLS("calls that QEMU handled as PSCI"),
    GAPS("gaps"),
    CANCELLED("Trace lines that a later line takes back"),
    SNAPSHOTS("register dumps between instructions"),
    EXCEPTION_LINES("lines of exceptions that the events do not imply, kept as notes"),
    NOTES("notes"),
    NOTES_LEFT_OUT("lines left out after too many notes"),
    PROBLEMS("problems");

    private final String text;

    Count(String text) {
        this.text = text;
    }

    /** What is counted, in words. */
    public String text() {
        return text;
    }
}
