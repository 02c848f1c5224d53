package dev.hyptrace.cli.console;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How far a piece of work is whose amount can be counted: how much is done, how fast, and how long the rest takes. */
public final class Meter {
    private static final double NANOS = 1e9;
    private static final long MINUTE = 60;
    private static final long HOUR = 3600;

    /** What is counted. */
    public enum Unit {
        BYTES("MB", 1_000_000),
        EVENTS("events", 1),
        INSTRUCTIONS("instructions", 1),
        STEPS("steps", 1),
        HYPERCALLS("hypercalls", 1);

        private final String text;
        private final long size;

        Unit(String text, long size) {
            this.text = text;
            this.size = size;
        }

        /** An amount with its unit. */
        public String amount(long amount) {
            return String.format(Locale.ROOT, "%,d %s", amount / size, text);
        }

        /** So much per second. */
        public String rate(long amount, double seconds) {
            return String.format(Locale.ROOT, "%,.0f %s/s", (double) amount / size / seconds, text);
        }
    }

    private final Progress progress;
    private final String name;
    private final Unit unit;
    private final LongSupplier total;
    private final LongSupplier nanos;
    private final long start;

    Meter(Progress progress, String name, Unit unit, LongSupplier total, LongSupplier nanos) {
        this.progress = progress;
        this.name = name;
        this.unit = unit;
        this.total = total;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** So much is done. */
    public void at(long done) {
        progress.show(() -> line(done));
    }

    /** The line for people: {@code x.htr: 120 of 480 events (25 %), 60 events/s, 6 s left}. */
    public String line(long done) {
        double seconds = Math.max((nanos.getAsLong() - start) / NANOS, 1 / NANOS);
        long all = total.getAsLong();
        String rate = unit.rate(done, seconds);
        if (all < done || all == 0) {
            return name + ": " + unit.amount(done) + ", " + rate;
        }
        String left = done == 0 ? "" : ", " + time((long) Math.ceil(seconds * (all - done) / done)) + " left";
        String amount = String.format(Locale.ROOT, "%,d", done / unit.size);
        return name + ": " + amount + " of " + unit.amount(all) + " (" + percent(done, all) + " %), " + rate + left;
    }

    private static long percent(long done, long all) {
        return (long) (100.0 * done / all);
    }

    private static String time(long seconds) {
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        return seconds < 2 * HOUR ? seconds / MINUTE + " min" : seconds / HOUR + " h";
    }
}
