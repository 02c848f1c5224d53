/**
 * One cause, one finding: which divergences follow from an earlier one.
 *
 * <p>{@link dev.hyptrace.diff.fold.HypercallRules} and {@link dev.hyptrace.diff.fold.StepRules} are the lists of rules, each
 * a method that names its reason. What they can look at is in {@link dev.hyptrace.diff.fold.HypercallHistory} and
 * {@link dev.hyptrace.diff.fold.StepHistory}. The {@link dev.hyptrace.diff.fold.Ledger} keeps the divergences, numbers them
 * and bounds them. A rule that does not hold for certain leaves a divergence standing as a finding of its own.
 */
package dev.hyptrace.diff.fold;
