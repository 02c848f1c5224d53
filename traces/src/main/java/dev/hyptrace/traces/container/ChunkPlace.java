package dev.hyptrace.traces.container;

/**
 * Where a chunk is and what it begins with.
 *
 * @param offset of its frame in the file
 * @param firstEvent the number of its first event, from 0
 * @param firstStep the number of its first step, whether or not it has one
 * @param firstHypercall how many hypercalls had begun before it
 */
record ChunkPlace(long offset, long firstEvent, long firstStep, int firstHypercall) {}
