package dev.hyptrace.diff.bisect;

/** Is told how a session goes. */
public interface SessionListener {
    /**
     * An end of the series was tested.
     *
     * @param build its place, from 0
     */
    void end(int build, Observation observation);

    /**
     * A build between them was tested.
     *
     * @param step which one it is, from 1
     * @param build its place, from 0
     * @param left how many steps are left after it, at most, if no more builds have to be skipped
     */
    void step(int step, int build, Observation observation, int left);
}
