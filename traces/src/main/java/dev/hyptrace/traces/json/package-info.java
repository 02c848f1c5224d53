/**
 * Hypercalls as JSON, for scripts: what {@code hyptrace export --format json} prints.
 *
 * <pre>
 * {"source": "qemu-log",
 *  "hypercalls": [
 *    {"hypercall": 1, "outcome": "returned", "immediate": 0,
 *     "call": {"R0": "0x00000000", ..., "SP": "0x40543618", "LR": "0x400111e8", "PC": "0x40014970", ...},
 *     "vector": {...},
 *     "return": {...}}]}
 * </pre>
 *
 * <p>A state has what the source recorded, under the names of the manual, and nothing derived. {@code SP} and {@code LR} are
 * those of the mode that the state's CPSR says; without CPSR the banked names stand. {@code return} is the state that the
 * call led to, or null when it led nowhere within the recording. Values are {@code 0x} and eight or sixteen digits; the
 * immediate is a number, or null when it is not known. The order is the manual's, and the same for every run.
 *
 * <p>{@link dev.hyptrace.traces.json.HypercallJson} is all there is. Nothing is read here.
 */
package dev.hyptrace.traces.json;
