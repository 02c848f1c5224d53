/**
 * The ABI of what answers hypercalls, written down: {@link dev.hyptrace.diff.abi.description.Abi} holds functions, and each
 * function what it does to registers, vectors and the flow of control.
 *
 * <p>Values here say what is claimed; whether a trace bears it out is asked in {@code abi.check}, how it is written in a file
 * in {@code abi.text}.
 */
package dev.hyptrace.diff.abi.description;
