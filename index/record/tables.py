"""The record's tables, as SQLAlchemy Core sees them. Shapes only: reading and writing is `record`.

Texts are stored once, in `articles`; a chunk is a span of that text with its embedding text and its embedding (float32,
little-endian bytes). `changes` keeps, for each article id ever seen, the generation that changed it last: that is all
an index needs to catch up, deletions included, and it never grows beyond one row an article. `compared`, `lead_marks`
and `likenesses` tell which articles are prints of one text (`likeness`); a record without them is still one of ours.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA = "1"

metadata = MetaData()

# What the corpus is: schema, corpus_id, embedder, dim, chunking, generation.
facts = Table("dateline_facts", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Date),
    Column("updated", Date),
    Column("ingested", DateTime, nullable=False),
    Column("dateline_place", Text),
    Column("url", Text),
    Column("path", Text),
    Column("language", Text),
    Column("origins", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("n_chunks", Integer, nullable=False),
)

chunks = Table(
    "chunks",
    metadata,
    Column("chunk_id", Text, primary_key=True),
    Column("article_id", Text, ForeignKey("articles.article_id", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("n_tokens", Integer, nullable=False),
    Column("embedding_text", Text, nullable=False),
    Column("embedding", LargeBinary, nullable=False),
    Index("chunks_of_article", "article_id"),
)

changes = Table(
    "changes",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("generation", Integer, nullable=False),
    Index("changes_since", "generation"),
)

# The content of an article when it was last compared with the others.
compared = Table(
    "compared",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("content_hash", Text, nullable=False),
)

lead_marks_table = Table(
    "lead_marks",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Index("articles_of_mark", "mark"),
)

# Each pair once.
likenesses = Table(
    "likenesses",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("other_id", Text, primary_key=True),
    Column("likeness", Text, nullable=False),
    Index("likenesses_of_other", "other_id"),
)
