/**
 * The {@code .htr} file: a header, independent chunks of events coded by column, an index.
 *
 * <p>The format's manual is {@code traces/FORMAT.md} with the comments of {@code htr.proto}. {@link
 * dev.hyptrace.traces.container.TraceWriter} writes one, {@link dev.hyptrace.traces.container.HtrTrace} reads one, and
 * {@link dev.hyptrace.traces.container.Traces} opens whatever a user names. Beneath them, from the bytes up:
 *
 * <ul>
 *   <li>{@code Frame}, {@code FrameFile}: checksummed frames; {@code ChunkFinder}, {@code ChunkDirectory}: where the chunks are;
 *   <li>{@code ColumnWriter}, {@code ColumnReader}, {@code Zstandard}: the columns of a chunk;
 *   <li>{@code Coder} with {@code Site}: what writer and reader predict alike; {@code ChunkEncoder}, {@code StepEncoder} and
 *       their inverses {@code ChunkDecoder}, {@code StepDecoder}: only what was not predicted is stored;
 *   <li>{@code HtrReader}: the events of all chunks, with gaps where some are lost.
 * </ul>
 *
 * <p>The classes generated from {@code htr.proto} are used in this package only.
 */
package dev.hyptrace.traces.container;
