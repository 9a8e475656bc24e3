"""What is wrong with files of populations, and with what is written beside them."""

from __future__ import annotations

from policyrules.catalogue.entry import Entry, entry

TABLES: dict[str, Entry] = {
    "PR663": entry(
        ("a file that cannot be read", "文件无法读取"),
        ("this file cannot be read: {reason}", "无法读取该文件：{reason}"),
    ),
    "PR664": entry(
        ("another kind of file", "文件类型不符"),
        (
            "`{name}` ends neither in .csv nor in .parquet",
            "“{name}”的扩展名不是 .csv 或者 .parquet",
        ),
        hint=(
            "save a sheet as CSV (UTF-8), a table of a database as CSV or Parquet",
            "电子表格请另存为 CSV（UTF-8）格式，数据库的表请导出为 CSV 或者 Parquet",
        ),
    ),
    "PR665": entry(
        ("no Parquet file", "不是 Parquet 文件"),
        (
            "this is no Parquet file that can be read: {reason}",
            "不是可以读取的 Parquet 文件：{reason}",
        ),
    ),
    "PR666": entry(
        ("text in another encoding", "文本编码不符"),
        ("line {line} is not text in {encoding}", "第{line}行不是 {encoding} 编码的文本"),
        hint=(
            "give the encoding: `--encoding gb18030` reads what older Chinese systems write",
            "请注明编码：--encoding gb18030 适用于 GBK、GB2312 和 GB18030 编码的文件",
        ),
    ),
    "PR667": entry(
        ("a row with more or fewer cells", "行的单元格数不符"),
        (
            "row {row} has {found} cells, the header has {expected}",
            "第{row}行有{found}个单元格，表头有{expected}个",
        ),
        hint=(
            "a cell that holds a comma or a line break stands in quotation marks",
            "含有逗号或者换行的单元格须置于半角双引号之内",
        ),
    ),
    "PR668": entry(
        ("two columns of one name", "列名重复"),
        ("two columns are called `{name}`", "有两列都名为“{name}”"),
    ),
    "PR669": entry(
        ("a table without rows", "表中没有数据"),
        ("this file has no row of data", "该文件没有数据行"),
    ),
    "PR670": entry(
        ("neither a day nor a column", "既非日期也非列名"),
        (
            "`{name}` is neither a day such as 2023-08-01 nor a column of the table of {table}",
            "“{name}”既不是日期（例如2023-08-01），也不是{table}表的列名",
        ),
    ),
    "PR671": entry(
        ("one file for two things", "文件重复使用"),
        (
            "`{name}` is given for two things: what is read and what is written are files apart",
            "“{name}”用了两次：输入和输出的各个文件不能相同",
        ),
    ),
    "PR672": entry(
        ("a file that cannot be written", "文件无法写入"),
        ("this file cannot be written: {reason}", "无法写入该文件：{reason}"),
    ),
    "PR673": entry(
        ("parts of another run", "他次运行的部分结果"),
        (
            "finished parts of an earlier run are here, and since then other: {changed}",
            "此处有上次运行的部分结果，但此后有变化：{changed}",
        ),
        hint=("begin anew with `--fresh`", "请加 --fresh 重新开始"),
    ),
    "PR674": entry(
        ("a folder of something else", "文件夹另有他用"),
        (
            "parts of the result are kept in this folder, which holds something else",
            "部分结果须存放在该文件夹，但其中已有其他内容",
        ),
        hint=(
            "write to another file, or move the folder",
            "请改用其他输出文件名，或者移走该文件夹",
        ),
    ),
    "PR677": entry(
        ("a column of the result is there already", "结果列已存在"),
        (
            "the table has a column `{name}`, which is the name of a column of the result",
            "表中已有“{name}”列，与结果列同名",
        ),
        hint=("rename or remove the column", "请将该列改名或者删除"),
    ),
    "PR678": entry(
        ("cells that CSV cannot hold", "CSV 无法容纳的单元格"),
        (
            "the cells of the column `{name}` are lists, records or bytes: CSV cannot hold them",
            "“{name}”列的单元格是列表、记录或者字节串，CSV 无法容纳",
        ),
        hint=("write to a .parquet file", "请输出到 .parquet 文件"),
    ),
    "PR679": entry(
        ("no CSV", "不是 CSV"),
        ("this cannot be read as CSV: {reason}", "无法按 CSV 读取：{reason}"),
        hint=(
            "look for a quotation mark that is opened and never closed",
            "请检查是否有只开不闭的引号",
        ),
    ),
    "PR683": entry(
        ("a file changed while it was read", "文件在读取期间被改动"),
        ("this file was changed while it was read", "该文件在读取期间被改动"),
        hint=("run the command again", "请重新运行"),
    ),
    "PR684": entry(
        ("unknown encoding", "没有这种编码"),
        ("no encoding is called `{name}`", "没有名为“{name}”的编码"),
        hint=("give for example utf-8 or gb18030", "请写例如 utf-8 或者 gb18030"),
    ),
    "PR685": entry(
        ("another run at work", "另一次运行尚未结束"),
        (
            "another run is writing the same result",
            "另一次运行正在写入同一结果",
        ),
    ),
    "PR686": entry(
        ("a number of rows", "行数不合适"),
        (
            "a block has a whole number of rows, at least 1; found {found}",
            "每块的行数应为不小于1的整数，实为{found}",
        ),
    ),
    "PR687": entry(
        ("households without a table", "家庭结果无处可写"),
        (
            "this ruleset has no households whose outcomes could be written",
            "本规则集不涉及家庭，没有可写的家庭结果",
        ),
    ),
}
