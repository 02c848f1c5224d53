/**
 * Which importer reads a file: by name or by how the file begins.
 *
 * <p>{@link dev.hyptrace.cli.importing.ImportSource} opens one. The importers themselves are in the modules {@code recorder} and
 * {@code traces}.
 */
package dev.hyptrace.cli.importing;
