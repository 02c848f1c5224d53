/**
 * Recordings put into text for people and JSON for programs: what {@code info} and {@code show} print.
 *
 * <p>{@link dev.hyptrace.cli.view.InfoText} and {@link dev.hyptrace.cli.view.InfoJson} tell what a recording holds,
 * {@link dev.hyptrace.cli.view.HypercallList} lists its hypercalls, {@link dev.hyptrace.cli.view.HypercallText} and
 * {@link dev.hyptrace.cli.view.StepText} show one moment. A value that the source recorded is printed as it is, a derived one after
 * {@code ~}, an unknown one as {@code -}. Comparisons are rendered by the module {@code diff}.
 */
package dev.hyptrace.cli.view;
