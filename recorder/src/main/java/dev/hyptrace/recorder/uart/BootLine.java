package dev.hyptrace.recorder.uart;

import java.util.Optional;
import java.util.regex.Pattern;

/** The lines that say in which mode the kernel was entered, and what became of Hyp mode. */
enum BootLine {
    STARTED_IN_HYP("boot mode HYP", "CPU: All CPU\\(s\\) started in HYP mode\\."),
    STARTED_IN_SVC("boot mode SVC", "CPU: All CPU\\(s\\) started in SVC mode\\."),
    EXTENSIONS_AVAILABLE("Virtualization Extensions usable", "CPU: Virtualization extensions available\\."),
    MODES_DIFFER("boot modes differ", "CPU: WARNING: CPU\\(s\\) started in wrong/inconsistent modes.{0,200}"),
    BROKEN_FIRMWARE("boot modes differ", "CPU: This may indicate a broken bootloader or firmware\\."),
    KVM_READY("KVM in Hyp mode", "kvm \\[\\d{1,9}\\]: Hyp mode initialized successfully"),
    KVM_WITHOUT_HYP("KVM without Hyp mode", "kvm \\[\\d{1,9}\\]: HYP mode not available"),
    KVM_FAILED("KVM failed in Hyp mode", "kvm \\[\\d{1,9}\\]: error initializing Hyp mode: -?\\d{1,9}"),
    KVM_OTHER("KVM", "kvm \\[\\d{1,9}\\]: .{0,400}"),
    LINUX("Linux", "Linux version .{1,600}");

    private final String meaning;
    private final Pattern pattern;

    BootLine(String meaning, String pattern) {
        this.meaning = meaning;
        this.pattern = Pattern.compile(pattern + "\\s{0,8}");
    }

    /** What it says, in words. */
    String meaning() {
        return meaning;
    }

    /** Which of them the text is. */
    static Optional<BootLine> of(String text) {
        if (!text.startsWith("CPU: ") && !text.startsWith("kvm [") && !text.startsWith("Linux v")) {
            return Optional.empty();
        }
        for (BootLine line : values()) {
            if (line.pattern.matcher(text).matches()) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
