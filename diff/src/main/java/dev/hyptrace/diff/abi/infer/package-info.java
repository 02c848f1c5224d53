/**
 * An ABI from behaviour: {@link dev.hyptrace.diff.abi.infer.Inference} makes a description of what one party was seen to do
 * with hypercalls, probed or recorded, with how often each part was seen; {@link dev.hyptrace.diff.abi.infer.Likeness} says
 * which known description it equals, or how it differs from the nearest.
 */
package dev.hyptrace.diff.abi.infer;
