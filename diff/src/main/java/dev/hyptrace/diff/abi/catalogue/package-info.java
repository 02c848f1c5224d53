/**
 * The divergences that are known by name: {@code catalogue.txt} lists them, {@link dev.hyptrace.diff.abi.catalogue.Catalogue}
 * recognises those in recorded hypercalls that hypercalls can show.
 *
 * <p>A rule holds only where the registers it looks at were recorded, and looks at one recording alone: none of it is a
 * comparison.
 */
package dev.hyptrace.diff.abi.catalogue;
