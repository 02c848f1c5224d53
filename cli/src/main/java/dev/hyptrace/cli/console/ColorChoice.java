package dev.hyptrace.cli.console;

import java.util.Locale;

/** When to use colour: the values of {@code --color}. */
public enum ColorChoice {
    /** On a terminal, unless the environment has NO_COLOR or says that the terminal is dumb. */
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
