"""What is wrong with a layer, a raster or the streets."""

layers = {
    "has no geometries": "没有几何图形",
    "export the layer again": "请重新导出图层",
    "its text is neither UTF-8 nor GB18030": "文字既不是 UTF-8 也不是 GB18030 编码",
    "export it as GeoPackage, or bring the right .cpg file along": (
        "请导出为 GeoPackage，或一并提供正确的 .cpg 文件"
    ),
    "name one by its code, to compute in one in metres such as EPSG:32650 or EPSG:4547": (
        "请写坐标系代码，并用以米为单位的坐标系计算，如 EPSG:32650 或 EPSG:4547"
    ),
    "the unit of '{crs}' is not the metre": "“{crs}”的单位不是米",
    "a length in '{crs}' is {share} off at the study area": (
        "“{crs}”在研究范围内的长度偏差为 {share}"
    ),
    "name the UTM or Gauss-Krueger zone of the study area": (
        "请使用研究范围所在的 UTM 或高斯-克吕格投影带"
    ),
    "the study area lies outside '{crs}'": "研究范围在“{crs}”的适用范围以外",
    "name the UTM or Gauss-Krueger zone of the study area, or correct the coordinates or the CRS "
    "of the townships": (
        "请使用研究范围所在的 UTM 或高斯-克吕格投影带，或更正乡镇(街道)图层的坐标或坐标系"
    ),
    "cannot be read: it is XML, and neither KML nor GPX": (
        "无法读取：是 XML 文件，而不是 KML 或 GPX"
    ),
    "export the layer as GeoPackage or GeoJSON": "请将图层导出为 GeoPackage 或 GeoJSON",
    "states a CRS that is not known: {crs}": "写明的坐标系无法识别：{crs}",
    "save the layer again in WGS-84": "请按 WGS-84 重新保存图层",
    "'{crs}' is no known CRS": "没有坐标系“{crs}”",
    "'{crs}' names a file of a grid": "坐标系“{crs}”引用了格网文件",
    "no transformation leads from degrees to '{crs}'": "经纬度无法转换到坐标系“{crs}”",
    "cannot be read: <reason>": "无法读取：<reason>",
    "export the layer again, as GeoParquet, GeoPackage or GeoJSON": (
        "请重新导出图层，格式为 GeoParquet、GeoPackage 或 GeoJSON"
    ),
    "the CRS is missing": "没有坐标系",
    "save the layer with its CRS, or state it as inputs.missing_crs": (
        "请将图层连同坐标系一起保存，或在 inputs.missing_crs 中写明"
    ),
    "its CRS leads nowhere: <reason>": "它的坐标系无法转换：<reason>",
    "save the layer with its true CRS": "请按真实的坐标系保存图层",
    "has {count} layers, and the scenario names none of them": (
        "有{count}个图层，而方案设定没有指定哪一个"
    ),
    "name one, such as {example}; it has {names}": "请指定其一，如 {example}；现有：{names}",
    "its <files> is missing": "缺少 <files> 文件",
    "copy all parts of the Shapefile together (.shp, .shx, .dbf, .prj, .cpg)": (
        "请将 Shapefile 的各个文件（.shp、.shx、.dbf、.prj、.cpg）一起复制"
    ),
    "{count} geometries are empty, hold no number or lie outside the CRS": (
        "{count}个几何图形为空、坐标不是数字或在坐标系范围以外"
    ),
    "check the coordinates of the layer": "请检查图层的坐标",
    "longitude and latitude are swapped: write the longitude first": (
        "经度和纬度填反了：请将经度写在前面"
    ),
    "check the coordinates and the CRS of the layer ({crs})": "请检查图层的坐标和坐标系（{crs}）",
    "{count} shapes are not polygons but {kind}": "{count}个图形不是面，而是 {kind}",
    "export the zones as polygons": "请将区域导出为面",
    "the polygon is not valid (<reason>), and repairing it would change its area by more than "
    "{share}": "面无效（<reason>），修复会使面积变化超过 {share}",
    "repair the geometry in your GIS": "请在 GIS 软件中修复图形",
    "the same shape is there twice": "同一图形出现两次",
    "remove one of them": "请删除其中一个",
    "{count} pairs of zones overlap: <pairs>": "{count}对区域重叠：<pairs>",
    "draw each place into one zone only": "请使每处只属一个区域",
}
rasters = {
    "save the raster with its CRS, such as EPSG:4326": "请将栅格连同坐标系一起保存，如 EPSG:4326",
    "the raster is rotated, upside down or without coordinates": "栅格旋转、上下颠倒或没有坐标",
    "bring it into a north-up grid (gdalwarp), with its coordinates": (
        "请转换为正北朝上、带坐标的网格（gdalwarp）"
    ),
    "the raster has {count} bands": "栅格有{count}个波段",
    "save the one of people as a file of its own": "请将人口波段单独存为一个文件",
    "its values are {kind}": "值的类型是 {kind}",
    "save them as numbers (Float32)": "请存为数字（Float32）",
    "the CRS is in degrees, the raster reaches from {west}, {south} to {east}, {north}": (
        "坐标系以度为单位，而栅格范围为 {west}, {south} 至 {east}, {north}"
    ),
    "state the CRS that its coordinates are in": "请写明其坐标所用的坐标系",
    "the study area cannot be brought into its CRS: <reason>": (
        "研究范围无法转换到它的坐标系：<reason>"
    ),
    "save the raster with the CRS that its coordinates are in": "请按坐标所用的坐标系保存栅格",
    "{share} of the study area lies outside the raster, which reaches over (west, south, east, "
    "north) {raster}; the study area over {area}": (
        "研究范围有 {share} 在栅格以外；栅格范围（西、南、东、北）为 {raster}，研究范围为 {area}"
    ),
    "use the raster of the region, or correct its CRS": "请使用本地区的栅格，或更正坐标系",
    "download or export it again (GeoTIFF)": "请重新下载或导出（GeoTIFF）",
    "{rows} x {cols} pixels would be read over the study area, in blocks of {block}; at most "
    "{most} are": (
        "研究范围内要读取 {rows} x {cols} 个像元，分块为 {block} 个；最多读取 {most} 个"
    ),
    "use a coarser raster, such as one of 100 m, saved in tiles": (
        "请使用较粗的栅格，如 100 米，并分块保存"
    ),
    "{count} of {all} pixels over the study area hold no number of people ({found}); NoData is "
    "{nodata}": "研究范围内 {all} 个像元中有 {count} 个不是人数（{found}）；NoData 为 {nodata}",
    "the raster has lost its NoData value: set it again (gdal_edit.py -a_nodata {value})": (
        "栅格丢失了 NoData 值：请重新设置（gdal_edit.py -a_nodata {value}）"
    ),
    "the grid is not that of {file}": "网格与 {file} 不一致",
    "take both from the same product and resolution, uncropped": (
        "两者请取自同一产品、同一分辨率，且未经裁剪"
    ),
    "no pixel of the study area has people": "研究范围内的像元都没有人口",
    "use the raster of the region and of people": "请使用本地区的人口栅格",
    "the rasters hold {children} under-3s for {people} residents": (
        "栅格中3岁以下 {children} 人，而总人口 {people} 人"
    ),
    "name the raster of all people as residents, those of children as under1 and aged_1_to_4": (
        "总人口栅格请写在 residents，儿童栅格请写在 under1 和 aged_1_to_4"
    ),
    "the raster holds {people} people inside the study area, {ratio} times the {told} of the "
    "residents table; its largest pixel holds {largest}": (
        "栅格在研究范围内有 {people} 人，是常住人口表 {told} 人的 {ratio} 倍；最大的像元为 "
        "{largest}"
    ),
    "check that its values are people per pixel, not per km2 or in thousands; where the largest "
    "value stands for no data, such as 65535, set it as NoData (gdal_edit.py -a_nodata)": (
        "请检查值是否为每像元人数，而不是每平方公里人数或千人；最大值若表示无数据（如 65535），"
        "请设为 "
        "NoData（gdal_edit.py -a_nodata）"
    ),
}
streets = {
    "holds {count} layers of lines: {names}": "有{count}个线图层：{names}",
    "name the one with the streets 'streets'": "请将道路图层命名为 streets",
    "the column 'highway' is missing": "缺少 highway 列",
    "export the streets with their OpenStreetMap class": "请将道路连同 OpenStreetMap 等级一起导出",
    "{count} shapes are not lines": "{count}个图形不是线",
    "export the streets as lines, without points and polygons": "请将道路导出为线，不含点和面",
    "cannot be read as GraphML: <reason>": "无法作为 GraphML 读取：<reason>",
    "it declares a document type or entities": "其中声明了文档类型或实体",
    "holds no graph with nodes and edges": "其中没有由节点和边组成的图",
    "save the graph again with osmnx.save_graphml": "请用 osmnx.save_graphml 重新保存",
    "save the graph again with osmnx (save_graphml or save_graph_geopackage)": (
        "请用 osmnx 重新保存（save_graphml 或 save_graph_geopackage）"
    ),
    "the <things> have no '{column}'": "<things>没有“{column}”",
    "{count} edges lead to nodes that are not there": "{count}条边通向不存在的节点",
    "some nodes stand twice": "有节点重复",
    "the graph states no known CRS": "图中没有可识别的坐标系",
    "some x and y of nodes are no numbers": "有节点的 x、y 不是数字",
    "lies outside '{crs}'": "在“{crs}”的范围以外",
    "the layer 'nodes' has no 'osmid'": "图层 nodes 没有 osmid",
    "{count} edges have no course, or one of numbers that are none": (
        "{count}条边没有线形，或坐标不是数字"
    ),
    "holds no street that can be travelled <travelled>": "其中没有可以<travelled>的道路",
    "check the column 'highway', and the classes and speeds of the scenario": (
        "请检查 highway 列，以及方案设定中的道路等级和速度"
    ),
    "the largest connected piece holds only {share} of {count} street nodes that can be reached "
    "<travelled>": "可以<travelled>到达的{count}个道路节点中，最大的连通部分只有 {share}",
    "export the streets with the links between the pieces, and with ends that meet": (
        "请导出各部分之间的连接道路，并使线端相接"
    ),
    "the file is empty": "文件为空",
    "download it again": "请重新下载",
    "cannot be read as an OpenStreetMap file: <reason>": (
        "无法作为 OpenStreetMap 文件读取：<reason>"
    ),
    "download it again, whole; OpenStreetMap files hold no XML entities": (
        "请重新完整下载；OpenStreetMap 文件中没有 XML 实体"
    ),
    "none of its {count} streets has nodes with coordinates": "{count}条道路的节点都没有坐标",
    "take an extract that holds the nodes of its ways; if it was made by hand, check that lon and "
    "lat are not swapped": (
        "请使用包含道路节点的摘录；若为手工制作，请检查经度（lon）和纬度（lat）是否填反"
    ),
    "holds no way with a highway tag<where>": "<where>没有带 highway 标签的道路",
    " near the study area": "研究范围附近",
    "take an extract of the study area with its streets": "请使用包含研究范围道路的摘录",
    "name the CRS of the study area": "请写研究范围所用的坐标系",
    "no demand cell lies within {distance} m of a street<far>": (
        "离道路 {distance} 米以内没有需求单元<far>"
    ),
    "; the nearest is {distance} km away": "；最近的相距 {distance} 公里",
    "check that streets and study area are of one place, and the CRS of both; coarse cells may "
    "need a larger walk.snap_limit_m": (
        "请检查路网和研究范围是否为同一地区，以及两者的坐标系；需求单元较粗时可增大 "
        "walk.snap_limit_m"
    ),
}
fetching = {
    "streets are saved as GraphML or GeoPackage": "路网只保存为 GraphML 或 GeoPackage",
    "end in .graphml": "文件名请以 .graphml 结尾",
    "the address of the server is wrong: <reason>": "服务器地址有误：<reason>",
    "write it whole, such as https://overpass-api.de/api": (
        "请写完整的地址，如 https://overpass-api.de/api"
    ),
    "the server does not answer: {server} ({reason})": "服务器没有应答：{server}（{reason}）",
    "check the connection, wait a few minutes, or name another server": (
        "请检查网络，过几分钟再试，或指定其他服务器"
    ),
    "OpenStreetMap gave no streets: {reason}": "OpenStreetMap 没有给出道路：{reason}",
    "write the name as openstreetmap.org finds it, with its city, and check there that it has a "
    "boundary; or try again later": (
        "请按 openstreetmap.org 能查到的写法填写地名（连同城市），并在该网站确认它有边界；"
        "或稍后再试"
    ),
    "cannot be written: <reason>": "无法写入：<reason>",
    "choose another folder": "请选择其他文件夹",
}
words = {
    "on foot": "步行",
    "by bicycle": "骑行",
    "by car": "驾车",
    "nodes": "节点",
    "edges": "边",
    "it ends before the study area": "其范围不到研究范围",
    "Self-intersection[{place}]": "自相交[{place}]",
    "Ring Self-intersection[{place}]": "环自相交[{place}]",
    "Too few points in geometry component[{place}]": "图形的点过少[{place}]",
}
of_slots = {
    "<pairs>": {
        "{code} and {other}": "{code} 和 {other}",
        "{code} and {other}, <pairs>": "{code} 和 {other}、<pairs>",
    },
    "<files>": {"{file} and {other}": "{file} 和 {other}"},
}
