/**
 * A board on a desk that is none: a JTAG port of four wires, behind it a debug access port, behind that the debug registers of a
 * Cortex-A15, and behind those the built-in machine. Real OpenOCD drives it by its {@code remote_bitbang} adapter.
 *
 * <p>From the outside in: {@link dev.hyptrace.cli.board.BitbangPort} takes OpenOCD's characters, {@link
 * dev.hyptrace.cli.board.TapController} is the state machine of IEEE 1149.1, {@link dev.hyptrace.cli.board.DebugPort} the JTAG-DP
 * of ADIv5 with one APB-AP, {@link dev.hyptrace.cli.board.CoreDebug} the registers of DDI 0406C part C, and {@link
 * dev.hyptrace.cli.board.DebuggedProcessor} what executes, in debug state and outside it.
 *
 * <p>As on the real processor, a breakpoint matches in Hyp mode only if its DBGBCR.HMC says so: OpenOCD 0.12 never sets it.
 */
package dev.hyptrace.cli.board;
