package dev.hyptrace.diff.result;

import dev.hyptrace.traces.model.Instruction;
import java.util.Optional;

/**
 * The instruction that gave a field the value it has.
 *
 * @param side whose recording it is in
 * @param step its index among that recording's steps, from 0
 * @param address where it is
 * @param instruction its encoding, where recorded
 * @param symbol the name of its address
 */
public record Writer(Side side, long step, int address, Optional<Instruction> instruction, Optional<String> symbol) {}
