package dev.hyptrace.diff.result;

/** One of the two things compared. */
public enum Side {
    LEFT("left"),
    RIGHT("right");

    private final String text;

    Side(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
