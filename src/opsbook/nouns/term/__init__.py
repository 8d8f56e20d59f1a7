"""The terms of the glossary, and what they mean."""
