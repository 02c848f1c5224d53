/** What follows for one hypercall from the next one, and is given to the comparison as derived. */
package dev.hyptrace.diff.derive;
