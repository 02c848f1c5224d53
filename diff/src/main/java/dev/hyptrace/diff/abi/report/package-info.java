/** What is known of ABIs as text for people: one description, the check of a trace, comparisons, the document. */
package dev.hyptrace.diff.abi.report;
