package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.Mode;
import java.util.Locale;
import java.util.Optional;

/**
 * What a trace says of the state of its processor: not the mode, but whether it is Hyp mode.
 *
 * @param ids the context ID and the VMID, as the listing has them; empty when it has none
 */
public record TraceContext(Security security, Level level, String ids) {
    public static final TraceContext UNKNOWN = new TraceContext(Security.UNKNOWN, Level.UNKNOWN, "");

    /** The security state. */
    public enum Security {
        UNKNOWN("security state not known"),
        SECURE("Secure"),
        NON_SECURE("Non-secure");

        private final String text;

        Security(String text) {
            this.text = text;
        }
    }

    /** Whether the processor is in Hyp mode. */
    public enum Level {
        UNKNOWN("Hyp mode or another"),
        HYP("Hyp mode"),
        NOT_HYP("not Hyp mode");

        private final String text;

        Level(String text) {
            this.text = text;
        }
    }

    /** Hyp mode, if it is that; the trace tells no other mode. */
    public Optional<Mode> mode() {
        return level == Level.HYP ? Optional.of(Mode.HYP) : Optional.empty();
    }

    /** This one, where the newer one does not say more. */
    TraceContext updated(TraceContext newer) {
        return new TraceContext(
                newer.security == Security.UNKNOWN ? security : newer.security,
                newer.level == Level.UNKNOWN ? level : newer.level,
                newer.ids.isEmpty() ? ids : newer.ids);
    }

    @Override
    public String toString() {
        String known = level == Level.UNKNOWN ? security.text : security.text + ", " + level.text;
        return "context: " + known + (ids.isEmpty() ? "" : ", " + ids.toLowerCase(Locale.ROOT));
    }
}
