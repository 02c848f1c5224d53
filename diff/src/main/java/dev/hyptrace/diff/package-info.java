/** hyptrace diff. */
package dev.hyptrace.diff;
