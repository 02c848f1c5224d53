/**
 * Tables of other tools, in CSV or with any other separator, by a map that the user writes: which column is what. Start at {@link
 * dev.hyptrace.recorder.table.MappedTable}.
 *
 * <h2>The map</h2>
 *
 * <p>A text file of lines; {@code #} at the start of one makes it a comment. {@code name: value} is a setting, {@code column = role}
 * says what a column is. A column is called by its name in the header, in any letter case, or by its number from 1: {@code #3}.
 * Columns that the map leaves out are not read.
 *
 * <pre>
 * separator: ,                comma, tab, semicolon, or one character
 * quote: "                    or none
 * header: yes                 no: columns are numbers
 * skip: 0                     lines before the header, or before the first row
 * rows: steps                 an instruction a row; hypercalls: an HVC a row; states: a moment a row
 * registers: before           the instruction of their row; after: what it left, so that they are those before the next row
 * empty: unknown              an empty cell says nothing; unchanged: the register is as it was in the row before
 * numbers: hex                without 0x before them or h after them; or decimal
 * unknown: ? 0x? - -------- xxxxxxxx      what cells hold whose value the tool does not know
 * prefixes: S: N: H:          what may stand before an address
 * a32 prefixes: R: SR:        ... and says that the instruction is A32
 * t32 prefixes: T: ST:        ... T32
 * t32 words: first-high       0xf7e08056 for f7e0 8056; first-low: 0x8056f7e0
 * step kinds: Instruction     with a column of the role kind: rows of other kinds are notes
 * gap kinds: Trace-Off        ... these are gaps
 * set: a32                    for all rows without a cell that says so; or t32
 * mode: svc
 * cpu: 0
 * </pre>
 *
 * <p>These are the defaults, but that no prefixes, kinds, set or mode are set. Roles:
 *
 * <pre>
 * address encoding set mode cpu time note kind gap immediate
 * REGISTER                    R0, SP_hyp, r13_svc, HSR, ESR_EL2, d0 in any letter case; sp, lr, r8 to r14, spsr: of the row's mode
 * call.REGISTER vector.REGISTER after.REGISTER      with rows: hypercalls; without a prefix it is call
 * register value              a register's name in one column and its value in another; more than one: register.2 value.2
 * </pre>
 *
 * <h2>What becomes of it</h2>
 *
 * <ul>
 *   <li>{@code steps}: a {@code Step} a row. Where encodings and modes tell, exceptions and their returns are found, and a row that
 *       cannot follow the row before is after a {@code Gap}, behind which nothing is taken over from earlier rows.
 *   <li>{@code hypercalls}: the {@code Step} of the HVC, an {@code ExceptionEntry} to Hyp mode, and an {@code ExceptionReturn} when the
 *       row has anything after the call. {@code states}: a {@code Snapshot} a row.
 *   <li>The instruction set is what the row's cell, its prefix, its CPSR, the size of the encoding or an odd halfword address
 *       says, in this order, else the setting. Without any of them the step has no encoding.
 *   <li>Times and notes are {@code Note}s, the first 10,000.
 *   <li>A row with a cell that cannot be read is a problem and a {@code Gap}.
 * </ul>
 */
package dev.hyptrace.recorder.table;
