/** Addresses: which of two recordings correspond when their images were loaded at different places, and what they are called. */
package dev.hyptrace.diff.address;
