/**
 * Tables for people and spreadsheets: one row per hypercall, or one row per step.
 *
 * <p>RFC 4180 in UTF-8, with a header. A register's column has the register's name in the manual, after {@code call.},
 * {@code vector.} or {@code after.} in a hypercall table. A cell is empty where nothing is known, {@code 0x} and eight (for a
 * 64-bit register sixteen) digits for a recorded value, and the same after {@code ~} for a derived one; by which rule it was
 * derived is not in a table, so that it comes back as {@link dev.hyptrace.traces.model.DerivationRule#IMPORTED}.
 *
 * <pre>
 * hypercall,cpu,site,immediate,outcome,payload,departure,departure.mode,call.R0,...,vector.HSR,...,after.R0,...
 * step,cpu,gap,address,set,encoding,R0,...
 * </pre>
 *
 * <p>{@code hypercall} and {@code step} number the rows from 1 and from 0 and are not looked at when a table is read; {@code
 * gap} is why something is missing before the step. Only registers that occur have a column. Reading takes columns in any
 * order and does not need any but {@code site} or {@code address}; it accepts a byte order mark and any kind of line end.
 *
 * <p>A table that was written here is the same after it was read and written again. {@link
 * dev.hyptrace.traces.csv.CsvTables} is the way in.
 */
package dev.hyptrace.traces.csv;
