/**
 * What the bisect commands share: {@link dev.hyptrace.cli.bisect.BisectOptions} say what makes a build good,
 * {@link dev.hyptrace.cli.bisect.Runs} makes builds run or opens recordings of such runs, and
 * {@link dev.hyptrace.cli.bisect.SeriesTest} puts the two together.
 */
package dev.hyptrace.cli.bisect;
