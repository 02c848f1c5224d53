package dev.hyptrace.diff.bisect;

/**
 * One of the series.
 *
 * @param name what the user calls it
 * @param sha256 of its content, 64 lower-case hexadecimal digits
 */
public record Build(String name, String sha256) {}
