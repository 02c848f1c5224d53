/**
 * Two states compared field by field at one point.
 *
 * <p>{@link dev.hyptrace.diff.compare.StateComparer} is the way in. What a register's fields are is {@code fields.txt}
 * ({@link dev.hyptrace.diff.compare.FieldTable}), which bits are not compared is {@code treatments.txt}
 * ({@link dev.hyptrace.diff.compare.Treatments}), and which of the kinds mode, vector and register a field belongs to at
 * which point is {@link dev.hyptrace.diff.compare.Kinds}. Nothing here knows what came before.
 */
package dev.hyptrace.diff.compare;
