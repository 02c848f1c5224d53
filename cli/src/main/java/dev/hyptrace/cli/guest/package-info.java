/**
 * The built-in machine as the command line sees it: what to put into it and when to stop it.
 *
 * <p>{@link dev.hyptrace.cli.guest.BoardOptions} are the options that describe a machine, {@link dev.hyptrace.cli.guest.Until} is a
 * condition, {@link dev.hyptrace.cli.guest.GuestRun} runs one until the other.
 */
package dev.hyptrace.cli.guest;
