package dev.hyptrace.diff.result;

import java.util.Optional;

/**
 * What a difference means.
 *
 * @param severity how much it weighs
 * @param cause its class of cause, where known
 * @param follows the divergence it is a consequence of; empty for a finding of its own
 * @param explanation it in words
 */
public record Verdict(Severity severity, Optional<Cause> cause, Optional<Follows> follows, Explanation explanation) {

    /**
     * That a divergence would not be there without another one.
     *
     * @param number the number of the finding, which itself follows none
     * @param because one clause
     */
    public record Follows(int number, String because) {}
}
