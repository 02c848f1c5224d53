/** Tables kept as text beside the classes that use them: one row a line, columns separated by blanks, {@code #} comments. */
package dev.hyptrace.diff.table;
