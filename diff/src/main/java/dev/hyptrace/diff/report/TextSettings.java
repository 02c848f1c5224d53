package dev.hyptrace.diff.report;

/**
 * How much text to write, and how.
 *
 * @param colour whether to use ANSI colours
 * @param width the column at which sentences are wrapped
 * @param maxRows how many rows of the table of hypercalls are shown
 * @param maxFindings how many findings are shown
 * @param maxFollowers how many of those that follow from one finding are shown
 */
public record TextSettings(boolean colour, int width, int maxRows, int maxFindings, int maxFollowers) {
    /** Without colour, within 100 columns, for a screen or two. */
    public static TextSettings plain() {
        return new TextSettings(false, 100, 24, 10, 6);
    }

    public TextSettings withColour(boolean newColour) {
        return new TextSettings(newColour, width, maxRows, maxFindings, maxFollowers);
    }

    /** Everything that the result holds. */
    public TextSettings unlimited() {
        return new TextSettings(colour, width, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
