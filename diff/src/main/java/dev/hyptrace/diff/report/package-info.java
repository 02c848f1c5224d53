/**
 * Results of a comparison rendered: text for people, JSON and CSV for programs.
 *
 * <p>A {@link dev.hyptrace.diff.report.Presenter} writes a {@link dev.hyptrace.diff.result.DiffResult} into a writer and
 * decides nothing about it. The output depends on the result and on the presenter's settings alone, not on locale, time or
 * terminal. Names that come from recordings and images are untrusted: {@link dev.hyptrace.diff.report.Printable}.
 */
package dev.hyptrace.diff.report;
