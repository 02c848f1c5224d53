package dev.hyptrace.cli.guest;

import java.util.function.IntConsumer;

/**
 * What takes the bytes that a guest sends.
 *
 * @param uart those to the board's UART
 * @param secure those to the UART of the Secure world
 */
public record Uarts(IntConsumer uart, IntConsumer secure) {
    /** Both lead nowhere. */
    public static final Uarts NOWHERE = new Uarts(value -> {}, value -> {});
}
