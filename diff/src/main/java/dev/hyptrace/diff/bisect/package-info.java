/**
 * The search for the build that broke something, in an ordered series of which the first is good and the last is bad.
 *
 * <p>{@link dev.hyptrace.diff.bisect.Bisection} is the entry: it lets {@link dev.hyptrace.diff.bisect.Search} choose, asks a
 * {@link dev.hyptrace.diff.bisect.BuildTest}, and keeps a {@link dev.hyptrace.diff.bisect.SessionLog} from which a session is
 * repeated. What makes a build good is a {@link dev.hyptrace.diff.bisect.Property} of what it did: it is no business of this
 * package how a build is made to do it.
 */
package dev.hyptrace.diff.bisect;
