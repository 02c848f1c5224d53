/**
 * Hostile input for parsers: samples changed at random, guided by what comes of them. Each parser of what users bring has one test
 * that uses this; {@code benchmarks/README.md} says how many inputs each has read.
 */
package dev.hyptrace.traces.hostile;
