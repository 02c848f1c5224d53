/**
 * Reading lines of text of any length in bounded memory: what the importers of text formats stand on; and what the writers of such
 * formats share.
 */
package dev.hyptrace.recorder.text;
